const KEY = 'coldstream-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const NEXT = { system: 'light', light: 'dark', dark: 'system' };
const NAMES = { system: 'as the system', light: 'light', dark: 'dark' };

/** Makes the button turn through: as the system says, light, dark. The choice is kept in this browser. */
export function startTheme(button) {
  let chosen = localStorage.getItem(KEY) ?? 'system';
  if (!(chosen in NEXT)) {
    chosen = 'system';
  }
  const show = () => {
    const shown = chosen === 'system' ? (system.matches ? 'dark' : 'light') : chosen;
    document.documentElement.dataset.theme = shown;
    button.textContent = shown === 'dark' ? '☾' : '☀';
    button.setAttribute('aria-label', `Colours: ${NAMES[chosen]}. Change to ${NAMES[NEXT[chosen]]}`);
    button.title = `Colours: ${NAMES[chosen]}`;
  };
  button.addEventListener('click', () => {
    chosen = NEXT[chosen];
    if (chosen === 'system') {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, chosen);
    }
    show();
  });
  system.addEventListener('change', show);
  show();
}
