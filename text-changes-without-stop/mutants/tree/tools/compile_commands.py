#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Print a compilation database for editors: compile_commands.py 'COMPILER FLAGS...' FILE.c..."""

import json
import os
import sys

flags, files = sys.argv[1], sys.argv[2:]
entries = [{"directory": os.getcwd(), "file": file, "command": f"{flags} -c {file}"} for file in files]
json.dump(entries, sys.stdout, indent=1)
print()
