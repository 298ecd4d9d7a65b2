"""Write the golden table anew, and say what moved."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from golden_runs import FILE, SETS, table

old = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
new = {name: table(name) for name in SETS}
for name, indicators in new.items():
    for indicator, years in indicators.items():
        before = old.get(name, {}).get(indicator)
        if before != years:
            was = "new" if before is None else f"{before['2030']['p50']:.6g}"
            print(f"{name:12} {indicator:44} median 2030: {was} → {years['2030']['p50']:.6g}")
FILE.write_text(json.dumps(new, indent=1, sort_keys=True) + "\n", "utf-8")
