from programmes.urls import coordinator

app_name = "programmes"

urlpatterns = [*coordinator.urlpatterns]
