// The script of a comparison page: shows only differences, filters by text, and opens whole messages with the lines
// marked that the other side does not have. One constant text, so that the page's policy can allow it by its hash. It
// reads the data block and writes text content only.

import { filterScript } from "./filter-script.js";

/** The script of a comparison page. */
export const comparisonScript: string = `"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const texts = JSON.parse(find("data").textContent);
  const items = [...document.querySelectorAll("li.row")];
  const form = find("filter");
  const haystacks = items.map((item, i) =>
    [item.textContent, ...(texts[i] || []).filter((text) => text !== true)].join(" ").toLowerCase());
  const apply = () => {
    const only = find("only").checked;
    const wanted = find("text").value.trim().toLowerCase();
    let count = 0;
    items.forEach((item, i) => {
      const fits = (!only || item.classList.contains("differs")) && (wanted === "" || haystacks[i].includes(wanted));
      item.hidden = !fits;
      if (fits) count += 1;
    });
    find("count").textContent = count + " of " + items.length;
  };
${filterScript}  const bare = (line) => line.trim().replace(/,$/, "");
  const write = (pre, mine, other) => {
    if (mine === "") {
      pre.textContent = "nothing";
      pre.classList.add("none");
      return;
    }
    const known = other === "" ? undefined : new Set(other.split("\\n").map(bare));
    const lines = mine.split("\\n");
    lines.forEach((line, i) => {
      const end = i === lines.length - 1 ? "" : "\\n";
      if (known === undefined || known.has(bare(line))) {
        pre.append(line + end);
        return;
      }
      const mark = document.createElement("mark");
      mark.textContent = line.trimStart();
      pre.append(line.slice(0, line.length - line.trimStart().length), mark, end);
    });
  };
  const unfold = (details, [call, answer, liveCall, liveAnswer]) => {
    const parts = [["call", call, liveCall], ["answer", answer, liveAnswer]];
    for (const [name, then, given] of parts) {
      const now = given === true ? then : given;
      if (then === "" && now === "") continue;
      const box = document.createElement("div");
      box.className = "whole";
      const title = document.createElement("h3");
      title.textContent = given === true ? name + ", the same on both sides" : name;
      const [left, right] = [document.createElement("pre"), document.createElement("pre")];
      write(left, then, now);
      write(right, now, then);
      box.append(title, left, right);
      details.append(box);
    }
  };
  document.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!details.open || details.dataset.done) return;
    details.dataset.done = "1";
    const data = texts[items.indexOf(details.parentElement)];
    if (data) unfold(details, data);
  }, true);
  form.hidden = false;
  apply();
})();
`;
