// Sets the reader's theme before anything is drawn; the switch itself is src/state/theme.ts.
try {
  const theme = JSON.parse(localStorage.getItem('backprop-by-hand/theme'));
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked or damaged: the system's theme it is.
}
