// The few things a page does by itself; every page also works without this file.
(() => {
  const root = document.documentElement;

  const nameThemeButton = (button) => {
    const dark = root.dataset.bsTheme === "dark";
    const label = dark ? button.dataset.labelLight : button.dataset.labelDark;
    button.querySelector("[data-theme-label]").textContent = label;
    button.querySelector("[data-icon-dark]").toggleAttribute("hidden", dark);
    button.querySelector("[data-icon-light]").toggleAttribute("hidden", !dark);
  };

  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    nameThemeButton(button);
    button.addEventListener("click", () => {
      const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
      root.dataset.bsTheme = theme;
      try {
        localStorage.setItem("binome-theme", theme);
      } catch {
        // A browser that refuses storage still changes this page.
      }
      document.querySelectorAll("[data-theme-toggle]").forEach(nameThemeButton);
    });
  }

  for (const button of document.querySelectorAll("[data-opens]")) {
    const menu = document.getElementById(button.dataset.opens);
    button.addEventListener("click", () => {
      const open = menu.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
    });
  }

  // A slider says its value.
  document.addEventListener("input", ({ target }) => {
    const shown = target.type === "range" && document.querySelector(`output[for="${target.id}"]`);
    if (shown) shown.value = target.value;
  });

  // A part of the page that cannot be fetched says so in its place.
  for (const event of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(event, ({ detail }) => {
      const said = document.getElementById("fetch-failed").content.cloneNode(true);
      detail.target.replaceChildren(said);
    });
  }

  // Whoever was logged out meanwhile is shown the way in, not a page within the page.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (new URL(detail.xhr.responseURL).pathname === new URL(detail.pathInfo.requestPath, location).pathname) return;
    detail.shouldSwap = false;
    location.reload();
  });

  // After a refusal, the reader starts at what is to be mended.
  document.querySelector("[data-takes-focus]")?.focus();
})();
