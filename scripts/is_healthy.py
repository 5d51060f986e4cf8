"""Ask this container's own web server whether it serves; exit 1 if not."""

import sys
import urllib.request

HOST = "127.0.0.1:8000"

try:
    with urllib.request.urlopen(f"http://{HOST}/sante/", timeout=4) as response:
        healthy = response.status == 200
except OSError as error:
    sys.exit(f"{HOST} does not serve: {error}")
sys.exit(0 if healthy else f"{HOST} answers {response.status}")
