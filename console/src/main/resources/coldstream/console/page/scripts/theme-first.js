// Sets the theme before anything is drawn, so that a dark page does not flash.
(() => {
  const chosen = localStorage.getItem('coldstream-theme');
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : dark ? 'dark' : 'light';
})();
