// The part of the script that both pages share: applies the form's filters to the rows, at most once per animation frame.

/** Script text; expects `form` and `apply` in its scope. */
export const filterScript: string = `  let planned = 0;
  form.addEventListener("input", () => {
    cancelAnimationFrame(planned);
    planned = requestAnimationFrame(apply);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
`;
