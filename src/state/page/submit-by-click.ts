/**
 * Has forms say that they were sent, also in a frame whose `sandbox` does not say `allow-forms`: there the browser sends none,
 * and does not even tell the page that somebody wanted to. No form of this site is sent anywhere; the pages only listen.
 */
export function submitByClick(page: Document): void {
  page.addEventListener('click', (event) => {
    // The key Enter in a field makes this click, too.
    const button = (event.target as Element).closest<HTMLButtonElement>('button[type="submit"]');
    if (!button?.form || event.defaultPrevented) return;
    event.preventDefault();
    button.form.dispatchEvent(
      new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter: button }),
    );
  });
}
