// Forms: short addresses for filters, a review bar that waits for a selection, secrets that copy themselves.

function leaveOutEmptyFields() {
  for (const form of document.querySelectorAll("form.filters")) {
    form.addEventListener("formdata", ({ formData }) => {
      for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    });
  }
}

function closePanelOnEscape() {
  for (const panel of document.querySelectorAll("details.filter-more")) {
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !panel.open) return;
      panel.open = false;
      panel.querySelector("summary").focus();
    });
  }
}

function showBarForSelection() {
  const bar = document.querySelector(".bulk");
  if (!bar) return;
  const boxes = [...document.querySelectorAll('input[name="alert"][type="checkbox"]')];
  const all = bar.querySelector("[data-select-all]");
  const said = bar.querySelector("[data-selected]");
  const update = () => {
    const count = boxes.filter((box) => box.checked).length;
    bar.hidden = count === 0;
    said.textContent = `${count} selected`;
    all.hidden = false;
    all.textContent = count === boxes.length ? "Select none" : "Select all";
  };
  all.addEventListener("click", () => {
    const checked = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = checked;
    update();
    if (!checked) boxes[0].focus();
  });
  document.addEventListener("change", ({ target }) => boxes.includes(target) && update());
  window.addEventListener("pageshow", update);
  update();
}

function offerCopies() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Copied";
    });
  }
}

export function wireForms() {
  leaveOutEmptyFields();
  closePanelOnEscape();
  showBarForSelection();
  offerCopies();
}
