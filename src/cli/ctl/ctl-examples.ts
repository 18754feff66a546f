// The examples in the help of each command of `ctl`.

import type { Examples } from "../common/examples.js";

export const ctlExamples: Examples = {
  "ctl connections": ["ctl connections", "ctl connections CP1 --json"],
  "ctl reset-connection": ["ctl reset-connection CP1"],
  "ctl pause": ["ctl pause CP1"],
  "ctl resume": ["ctl resume CP1"],
  "ctl release": ["ctl release CP1"],
  "ctl close": ["ctl close CP1 --code 1001 --reason maintenance"],
  "ctl inject": [`ctl inject CP1 '[2,"x1","Reset",{"type":"Soft"}]'`],
  "ctl rules": ["ctl rules list", "ctl rules add examples/lose-start-answer.yaml"],
  "ctl rules list": ["ctl rules list"],
  "ctl rules add": ["ctl rules add examples/lose-start-answer.yaml", "ctl rules add preset:flaky-4g"],
  "ctl rules replace": ["ctl rules replace examples/lose-start-answer.yaml"],
  "ctl rules remove": ["ctl rules remove lose-start-answer"],
  "ctl rules near-misses": ["ctl rules near-misses lose-start-answer"],
  "ctl arm": ["ctl arm", "ctl arm lose-start-answer --ttl 5m"],
  "ctl disarm": ["ctl disarm", "ctl disarm lose-start-answer"],
  "ctl messages": ["ctl messages --identity CP1 --action StatusNotification --limit 10"],
  "ctl wait": ["ctl wait --action BootNotification --type CALL --timeout 10s"],
  "ctl events": ["ctl events --identity CP1 --kind decision,note"],
  "ctl metrics": ["ctl metrics"],
  "ctl recordings": ["ctl recordings"],
  "ctl start-recording": ["ctl start-recording --identity CP1"],
  "ctl stop-recording": ["ctl stop-recording --identity CP1"],
  "ctl marker": ['ctl marker "cable plugged in" --identity CP1'],
  "ctl export": ["ctl export --identity CP1 -o so-far.ndjson"],
  "ctl reset": ["ctl reset"],
};
