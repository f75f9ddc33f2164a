// Choose the time zone the browser is set to, where the page still says UTC.
const select = document.querySelector("select[data-guess-zone]");
if (select && select.value === "UTC") {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...select.options].some((option) => option.value === zone)) select.value = zone;
}
