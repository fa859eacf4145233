#!/usr/bin/env python3
"""Makes every line of a bare snapshot larger by members that no rule reads: pad_lines.py TIMES < in > out.

TIMES 2 doubles each line, 4 makes it four times as long; what rules read stays as it is, so verdicts do too.
"""

import sys

BLOCK = (
    b'{"correlationId":"6d5b0c1e-0000-4000-8000-0000000000aa","status":"Succeeded","message":"line one\\nline \\"two\\" {x}",'
    b'"percentComplete":100,"retriable":false,"endpoints":{"primary":"https://c01a7c944ebf.z0.example.net/","secondary":null,'
    b'"metrics":[2.323,140900,-1]}}'
)


def main():
    times = float(sys.argv[1])
    for line in sys.stdin.buffer:
        line = line.rstrip(b"\n")
        blocks = round(len(line) * (times - 1) / (len(BLOCK) + 14))
        more = b"".join(b',"unread%d":%s' % (k, BLOCK) for k in range(blocks))
        sys.stdout.buffer.write(line[:-1] + more + b"}\n")


if __name__ == "__main__":
    main()
