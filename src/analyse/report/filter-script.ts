// The part of a page's script that both pages share: once a frame, what the form says is applied to the rows.

/** Expects `form` and `apply` in its scope. */
export const filterScript: string = `  let planned = 0;
  form.addEventListener("input", () => {
    cancelAnimationFrame(planned);
    planned = requestAnimationFrame(apply);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
`;
