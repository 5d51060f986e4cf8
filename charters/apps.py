from django.apps import AppConfig


class ChartersConfig(AppConfig):
    name = "charters"
    verbose_name = "chartes et conventions"

    def ready(self) -> None:
        from django.core.checks import register as register_check

        from charters import checks, events, exporting, messages, outcomes, planner
        from charters.preset import CharterSection
        from charters.services import agreements
        from notifications import jobs
        from notifications.messages import register
        from notifications.planner import register as register_plans
        from programmes import chronicle, preset_sections, reactions

        register_check(checks.keys_are_there, "security", deploy=True)
        jobs.register(exporting.KIND, exporting.export)
        register(*messages.EVERY_MESSAGE, *outcomes.EVERY_OUTCOME)
        register_plans(*planner.EVERY_PLAN)
        preset_sections.register("charter", CharterSection())
        reactions.pair_accepted.append(agreements.prepare_agreement)
        reactions.pair_ended.append(agreements.end_agreement)
        chronicle.register(events.EVENTS)
