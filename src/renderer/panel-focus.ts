const focusable =
  'button:not(:disabled):not([tabindex="-1"]), input:not(:disabled), [tabindex="0"], a[href], textarea:not(:disabled)'

/** F6: the keyboard goes to the next panel, where it was when one left it, else to its first control. */
export function focusNextPanel(direction: 1 | -1): void {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')].filter((panel) => panel.offsetParent)
  if (panels.length === 0) return
  const at = panels.findIndex((panel) => panel.contains(document.activeElement))
  const next = panels[(at + direction + panels.length + (at < 0 && direction < 0 ? 1 : 0)) % panels.length]
  const region = next.querySelector<HTMLElement>('[data-region][tabindex="0"]')
  const target =
    region ?? [...next.querySelectorAll<HTMLElement>(focusable)].find((control) => control.checkVisibility())
  if (target)
    target.focus({ focusVisible: true } as FocusOptions) // newer than the library's types
  else {
    next.tabIndex = -1
    next.focus()
  }
}
