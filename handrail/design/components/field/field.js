// Boxes that know of one another. Without scripts the answer of the server says the same.
const boxesOf = (group) => [...group.querySelectorAll("input[type=checkbox]")];

// One too many is not taken, and a line right below says why.
function takesNoMore(group, box) {
  const said = group.dataset.most && group.parentElement.querySelector("[data-said]");
  if (!said) return;
  said.textContent = "";
  if (!box.checked || boxesOf(group).filter((one) => one.checked).length <= Number(group.dataset.most)) return;
  box.checked = false;
  box.parentElement.after(said);
  setTimeout(() => (said.textContent = said.dataset.said), 100); // it has moved: spoken only once it is there
}

// “I do not know” beside something else is a slip: the tap that came last counts.
function standsAlone(group, box) {
  if (!box.checked) return;
  for (const one of boxesOf(group))
    if (one !== box && ("alone" in box.dataset || "alone" in one.dataset)) one.checked = false;
}

function unfolds(box) {
  const fold = box.dataset.opens && document.getElementById(box.dataset.opens)?.closest("details");
  if (fold && box.checked) fold.open = true;
}

document.addEventListener("change", ({ target: box }) => {
  const group = box.matches("input[type=checkbox]") && box.closest(".govuk-checkboxes");
  if (!group) return;
  standsAlone(group, box);
  takesNoMore(group, box);
  unfolds(box);
});
