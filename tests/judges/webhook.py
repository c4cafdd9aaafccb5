"""Whether a notice is signed as Standard Webhooks says: reads lines of JSON with a secret, headers
and a body, and prints the type of each that the library of the specification takes."""
import json
import sys
import unittest.mock as mock
import datetime

from standardwebhooks.webhooks import Webhook

for line in sys.stdin:
    said = json.loads(line)
    at = datetime.datetime.fromtimestamp(int(said["headers"]["webhook-timestamp"]), datetime.timezone.utc)
    with mock.patch("standardwebhooks.webhooks.datetime") as clock:
        clock.now.return_value = at
        clock.fromtimestamp = datetime.datetime.fromtimestamp
        Webhook(said["secret"]).verify(said["body"], said["headers"])
        print(json.loads(said["body"])["type"])
