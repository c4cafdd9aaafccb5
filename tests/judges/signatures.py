"""Checks the DKIM signatures of mails with dkimpy: signatures.py RECORDS MAIL…

RECORDS has lines "NAME<tab>TEXT", which stand for the DNS. Prints, for each mail, its path and for
each of its signatures the algorithm and "pass" or "fail".
"""

import sys

import dkim

records = {}
with open(sys.argv[1], encoding="ascii") as lines:
    for line in lines:
        name, text = line.rstrip("\n").split("\t")
        records[name + "."] = text.encode()


def ask(name, timeout=5):
    return records.get(name.decode() if isinstance(name, bytes) else name)


for path in sys.argv[2:]:
    with open(path, "rb") as file:
        mail = file.read()
    said = [path]
    signatures = [value for name, value in dkim.DKIM(mail).headers if name.lower() == b"dkim-signature"]
    for index, signature in enumerate(signatures):
        algorithm = "ed25519" if b"a=ed25519" in signature else "rsa"
        try:
            good = dkim.DKIM(mail).verify(idx=index, dnsfunc=ask)
        except dkim.DKIMException:
            good = False
        said.append(f"{algorithm}:{'pass' if good else 'fail'}")
    print(" ".join(said))
