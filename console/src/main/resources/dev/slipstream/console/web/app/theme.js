// Runs before the first paint, so that a page that was switched to dark never flashes in light.
// No module for that reason.
{
  let chosen = null;
  try {
    chosen = localStorage.getItem('slipstream.theme');
  } catch {
    // storage is turned off: the system's choice holds
  }
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
}
