"""Submit, poll, correct, poll: an independent client (PyJWT, requests) of `utlegg mock`, written from docs/mock.md.

`flow.py token` prints an access token got with a signed grant, `flow.py newman` the variables of the Newman collection;
`flow.py` alone goes through the flow and exits non-zero at the first answer that is not as documented.
"""

import json
import os
import re
import sys
import time
import uuid
from datetime import date, timedelta

import jwt
import requests
import yaml

ENV = os.environ
MODEL = ENV.get("UTLEGG_PEERS_MODEL", "v2")
BASE, ADMIN = ENV[f"UTLEGG_BASE_URL_{MODEL.upper()}"], ENV["UTLEGG_ADMIN_URL"]
TIMEOUT = 20
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def token():
    """The access token of the vendor, for a grant signed by PyJWT."""
    now = int(time.time())
    claims = {
        "aud": ENV["UTLEGG_ISSUER"],
        "iss": ENV["UTLEGG_CLIENT_ID"],
        "scope": ENV["UTLEGG_SCOPE"],
        "iat": now,
        "exp": now + 60,
        "jti": str(uuid.uuid4()),
    }
    with open(ENV["UTLEGG_KEY_FILE"], encoding="utf-8") as file:
        grant = jwt.encode(claims, file.read(), algorithm="RS256", headers={"kid": ENV["UTLEGG_KEY_ID"]})
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": grant}
    answer = requests.post(ENV["UTLEGG_TOKEN_URL"], data=form, timeout=TIMEOUT)
    expect(answer, 200)
    return answer.json()["access_token"]


def expect(answer, *statuses):
    """Ends the flow unless the answer has one of these statuses."""
    request = f"{answer.request.method} {answer.request.path_url}"
    if answer.status_code not in statuses:
        sys.exit(f"flow: failed: {request}: {answer.status_code}, expected {statuses}: {answer.text[:600]}")
    print(f"flow: {answer.status_code} {request}", file=sys.stderr)
    return answer


def advance(what, seconds):
    """Moves the clock of a case or an attachment, as waiting would."""
    body = {**what, "advance_ms": seconds * 1000}
    expect(requests.post(f"{ADMIN}/clock", json=body, timeout=TIMEOUT), 200, 204)


def polled(get, holds, what, advance_by, clock):
    """Asks until the answer holds, moving the clock between; at most ten times."""
    for _ in range(10):
        if holds(expect(get(), 200).json()):
            print(f"flow: {what}", file=sys.stderr)
            return
        advance(clock, advance_by)
    sys.exit(f"flow: failed: never {what}")


def parties(kind, count):
    """Synthetic parties of the mock's register, never the vendor itself."""
    query = {"kind": kind, "rules": "new", "count": count}
    found = expect(requests.get(ENV["UTLEGG_REGISTER_URL"], params=query, timeout=TIMEOUT), 200).json()
    return [party for party in found if party["identifier"] != ENV["UTLEGG_VENDOR"]]


def person(party):
    """A person as requests name one."""
    return {
        "personnavn": {"fornavn": party["fornavn"], "etternavn": party["etternavn"]},
        "foedselsdato": party["foedselsdato"],
        "identifikator": {
            "identifikatortype": "taxIdentificationNumber",
            "verdi": party["identifier"],
            "landkode": "NO",
        },
    }


def filled(value, known):
    """The value with every `${...}` of the bundled request replaced."""
    if isinstance(value, dict):
        return {key: filled(item, known) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, known) for item in value]
    found = re.fullmatch(r"\$\{(.+)\}", value) if isinstance(value, str) else None
    if not found:
        return value
    day = re.fullmatch(r"today\((-?\d*)\)", found[1])
    if day:
        return (date.today() + timedelta(days=int(day[1] or 0))).isoformat()
    return known[found[1]]


def upload(session, own, kind):
    """An attachment that has passed every check."""
    files = {"fil": (f"{kind}.pdf", b"%PDF-1.7 synthetic attachment %%EOF", "application/pdf")}
    form = {"type": kind, "innsenderReferanse": own}
    sent = expect(session.post(f"{BASE}/vedlegg", files=files, data=form, timeout=TIMEOUT), 201)
    number = sent.json()["uuid"]
    status = lambda: session.get(f"{BASE}/vedlegg/{number}", timeout=TIMEOUT)
    ready = lambda answer: answer["status"] == "konvertert"
    polled(status, ready, f"the {kind} was converted", 5, {"uuid": number})
    return number


def request(own, attachment):
    """The bundled request, filled in without utlegg's own templates; `attachment` gives the uuid of one of a kind."""
    creditor, debtor = parties("organisation", 2)[0], parties("person", 1)[0]
    known = {
        "reference": own,
        "innsender.name": "Prøveinkasso",
        "innsender.identifier": ENV["UTLEGG_VENDOR"],
        "saksoeker.name": creditor["navn"],
        "saksoeker.identifier": creditor["identifier"],
        "saksoekt.identifier": debtor["identifier"],
        "saksoekt.person": person(debtor),
    }
    for kind in ("tvangsgrunnlag", "tvangskraftgrunnlag", "betalingsoppfordring"):
        known[kind] = attachment(kind)
    with open(f"{ROOT}/requests/{MODEL}/simple.yaml", encoding="utf-8") as file:
        return filled(yaml.safe_load(file)["body"], known)


def flow():
    """The whole way of one case."""
    session = requests.Session()
    session.headers.update({"Authorization": f"Bearer {token()}", "Accept": "application/json"})
    own = f"peer-{uuid.uuid4()}"
    body = request(own, lambda kind: upload(session, own, kind))
    script = {
        "after_submit": {"ask_for_correction": {"after": "5s"}},
        "after_change": {"decide": {"after": "1h"}},
    }
    expect(requests.put(f"{ADMIN}/scripts/{own}", json=script, timeout=TIMEOUT), 200, 201, 204)
    submitted = expect(session.post(BASE, json=body, timeout=TIMEOUT), 200)
    reference = submitted.json()["eksternSaksreferanse"]
    case = {"eksternSaksreferanse": reference}
    messages = lambda: session.get(f"{BASE}/{reference}/meldinger", timeout=TIMEOUT)
    asked = lambda answer: any(message["type"] == "retting" for message in answer["meldinger"])
    polled(messages, asked, "a correction was asked for", 2, case)
    body["kravTilInnkreving"][0]["kravbeskrivelse"] = "Corrected"
    expect(session.put(f"{BASE}/{reference}", json=body, timeout=TIMEOUT), 200)
    status = lambda: session.get(f"{BASE}/status/{reference}", timeout=TIMEOUT)
    decided = lambda answer: answer["saksstatus"] == "sakBesluttet"
    polled(status, decided, "the case was decided", 1800, case)
    again = session.post(BASE, json=body, timeout=TIMEOUT)
    codes = [slip["kode"] for slip in expect(again, 422).json()["kontrollutslag"]]
    if "DUPLIKAT_INNSENDING" not in codes:
        sys.exit(f"flow: failed: the second submission is answered with {codes}")
    print("flow: passed (upload, submit, poll, correct, poll, duplicate refused)")


def newman():
    """What the collection is run with: addresses, a token, a request whose attachments are uploaded."""
    session, own = requests.Session(), f"newman-{uuid.uuid4()}"
    access = token()
    session.headers.update({"Authorization": f"Bearer {access}", "Accept": "application/json"})
    body = request(own, lambda kind: upload(session, own, kind))
    values = {"base": BASE, "admin": ADMIN, "token": access, "own": own, "body": json.dumps(body)}
    return {"name": "mock", "values": [{"key": key, "value": value, "enabled": True} for key, value in values.items()]}


if __name__ == "__main__":
    if sys.argv[1:] == ["token"]:
        print(token())
    elif sys.argv[1:] == ["newman"]:
        print(json.dumps(newman()))
    else:
        flow()
