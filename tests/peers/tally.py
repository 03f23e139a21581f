"""Prints how each operation answered Schemathesis, and fails where one never succeeded: `tally.py TALLY CONTRACT`."""

import json
import sys

import yaml

METHODS = ("get", "post", "put", "delete", "patch")
# The fuzzer ends by the clock: an operation that it hardly came to tells nothing.
ENOUGH = 6


def main(tally, contract):
    with open(tally, encoding="utf-8") as file:
        seen = json.load(file)
    with open(contract, encoding="utf-8") as file:
        paths = yaml.safe_load(file)["paths"]
    labels = [f"{method.upper()} {path}" for path, item in paths.items() for method in item if method in METHODS]
    silent = []
    for label in labels:
        statuses = seen.get(label, {})
        good = sum(count for status, count in statuses.items() if status.startswith("2"))
        told = ", ".join(f"{count} x {status}" for status, count in statuses.items()) or "nothing"
        print(f"  {label:<42} {good:>4} of {sum(statuses.values()):>4} succeeded ({told})")
        if not good and sum(statuses.values()) >= ENOUGH:
            silent.append(label)
        elif not good:
            print(f"    fewer than {ENOUGH} cases before the time was up: too few to tell")
    if silent:
        sys.exit(f"schemathesis: failed: never a success from {', '.join(silent)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
