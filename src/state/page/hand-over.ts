/** Gives the reader a file, as if a link to it had been clicked. */
export function handOver(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has to have taken it first.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
