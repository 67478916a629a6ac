/* The first-sign-in page: proposes the time zone of this browser to whoever has none of their own yet. */
(() => {
  "use strict";
  const field = document.querySelector("select[name=time_zone]");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field && field.value === "UTC" && [...field.options].some((option) => option.value === here)) field.value = here;
})();
