// The script of the page about one recording: filters the rows and shows the whole message when a row is opened. One
// constant text, so that the page's policy can allow it by its hash. It reads the data block and writes text content only.

import { filterScript } from "./filter-script.js";

/** The script of the page about one recording. */
export const recordingScript: string = `"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const { rows, texts } = JSON.parse(find("data").textContent);
  const list = find("rows");
  const items = [...list.children];
  const form = find("filter");
  const fill = (select, values) => {
    for (const value of [...new Set(values)].filter((word) => word !== "").sort()) {
      const option = document.createElement("option");
      option.textContent = value;
      select.append(option);
    }
  };
  fill(find("type"), rows.map(([type]) => type));
  fill(find("action"), rows.map(([, action]) => action));
  const chosen = (select) => (select.selectedIndex <= 0 ? undefined : select.options[select.selectedIndex].text);
  const haystacks = rows.map(([type, action, name], i) => [type, action, name, texts[i]].join(" ").toLowerCase());
  const apply = () => {
    const type = chosen(find("type"));
    const action = chosen(find("action"));
    const control = find("control").checked;
    const wanted = find("text").value.trim().toLowerCase();
    let count = 0;
    items.forEach((item, i) => {
      const fits =
        (type === undefined ? control || rows[i][0] !== "control" : rows[i][0] === type) &&
        (action === undefined || rows[i][1] === action) &&
        (wanted === "" || haystacks[i].includes(wanted));
      item.hidden = !fits;
      if (fits) count += 1;
    });
    find("count").textContent = count + " of " + items.length;
  };
${filterScript}  list.addEventListener("toggle", (event) => {
    const pre = event.target.open ? event.target.querySelector("pre") : null;
    if (pre !== null && pre.textContent === "") pre.textContent = texts[items.indexOf(event.target.parentElement)];
  }, true);
  const follow = () => {
    const item = /^#e\\d+$/.test(location.hash) ? find(location.hash.slice(1)) : null;
    if (item === null) return;
    item.hidden = false;
    item.firstElementChild.open = true;
    item.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", follow);
  form.hidden = false;
  apply();
  follow();
})();
`;
