"""What Schemathesis sends beyond its own data, and what it does not send.

Generated requests break conditions and generated references name nothing, so that positive data alone would be answered
with 422 and 404 only. Of every two positive cases one is therefore made from a request that the mock accepts, with the
free texts that Schemathesis generated, and with references of cases and attachments that are there. What was answered
is counted; the counts are written at the end to the file that UTLEGG_PEERS_TALLY names.

Bodies as XML are not sent: their mapping is reconstructed, and Schemathesis's own loses what JSON can say (empty objects
and lists, nulls). Requests in XML have tests of our own.
"""

import atexit
import collections
import copy
import json
import os
import uuid

import flow
import requests
import schemathesis

SESSION = requests.Session()
SESSION.headers.update({"Authorization": f"Bearer {os.environ['UTLEGG_PEERS_TOKEN']}", "Accept": "application/json"})
# Free texts of a request, whose content no condition looks at.
TEXTS = ["berOmInnkallingTilMoeteMedBegrunnelse", "berOmUnnlattForeleggelseMedBegrunnelse"]
SEEN = collections.Counter()
SENT = collections.Counter()


def fresh():
    """A reference and a request with it that the mock accepts, its attachments uploaded."""
    own = f"peer-{uuid.uuid4()}"
    return own, flow.request(own, lambda kind: flow.upload(SESSION, own, kind))


def case():
    """A submitted case that stays open for changes: its reference and its request."""
    own, body = fresh()
    actions = {"process": {}}
    flow.expect(
        SESSION.put(f"{flow.ADMIN}/scripts/{own}", json={"after_submit": actions, "after_change": actions}, timeout=20),
        204,
    )
    answer = flow.expect(SESSION.post(flow.BASE, json=body, timeout=20), 200)
    return answer.json()["eksternSaksreferanse"], body


def party(body, role):
    """The identifier of the first party in a role."""
    actor = body[role][0][role]
    kind = actor.get("virksomhet") or actor["person"]
    return kind["identifikator"]["verdi"]


REFERENCE, SUBMITTED = case()
ATTACHMENT = flow.upload(SESSION, "peer", "annet")


def varied(body, generated):
    """The request with the free texts that were generated."""
    if isinstance(generated, dict):
        for key in TEXTS:
            text = generated.get(key)
            if isinstance(text, str) and text.strip() and len(text) <= 4000:
                body[key] = text
    body["kravTilInnkreving"][0]["kravbeskrivelse"] = f"Variant {sum(SENT.values())}"
    return body


def replacement(label, generated):
    """Path parameters and body of a case that must succeed; None where generated data does as well."""
    if label in ("POST /", "POST /valider"):
        return {}, varied(fresh()[1], generated)
    if label in ("PUT /{eksternSaksreferanse}", "PUT /valider/{eksternSaksreferanse}"):
        return {"eksternSaksreferanse": REFERENCE}, varied(copy.deepcopy(SUBMITTED), generated)
    if label in ("GET /status/{eksternSaksreferanse}", "GET /{eksternSaksreferanse}/meldinger"):
        return {"eksternSaksreferanse": REFERENCE}, None
    if label == "GET /vedlegg/{uuid}":
        return {"uuid": ATTACHMENT}, None
    if label == "POST /innsyn/trekk":
        return {}, {"saksoeker": party(SUBMITTED, "saksoeker"), "saksoekt": party(SUBMITTED, "saksoekt")}
    return None


def is_positive(case):
    return case.meta is not None and case.meta.generation.mode.is_positive


@schemathesis.hook
def filter_case(context, case):
    return case.media_type != "application/xml"


@schemathesis.hook
def before_call(context, case, kwargs):
    label = case.operation.label
    if not is_positive(case):
        return
    SENT[label] += 1
    made = replacement(label, case.body) if SENT[label] % 2 else None
    if made is None:
        return
    parameters, body = made
    if parameters:
        case.path_parameters = parameters
    if body is not None:
        case.body, case.media_type = body, "application/json"


@schemathesis.hook
def after_call(context, case, response):
    label = case.operation.label
    SEEN[label, response.status_code] += 1


@atexit.register
def tell():
    operations = {}
    for (label, status), count in sorted(SEEN.items()):
        operations.setdefault(label, {})[str(status)] = count
    with open(os.environ["UTLEGG_PEERS_TALLY"], "w", encoding="utf-8") as file:
        json.dump(operations, file)
