"use strict";
(() => {
  const filters = document.getElementById("filters");

  function showRule() {
    const rule = document.getElementById(location.hash.slice(1));
    if (rule instanceof HTMLDetailsElement) {
      rule.open = true;
      rule.scrollIntoView();
    }
  }
  addEventListener("hashchange", showRule);
  showRule();

  if (!filters) {
    return;
  }
  const rule = document.getElementById("rule");
  const file = document.getElementById("file");
  const shown = document.getElementById("shown");
  const findings = [...document.querySelectorAll("article")];

  function apply() {
    let count = 0;
    for (const finding of findings) {
      const wanted =
        (!rule.value || finding.dataset.rule === rule.value) && (!file.value || finding.dataset.file === file.value);
      finding.hidden = !wanted;
      count += wanted ? 1 : 0;
    }
    shown.value = `${count} of ${findings.length} shown`;
  }
  filters.addEventListener("change", apply);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.hidden = false;
  apply();
})();
