export const ui = {
  // Dialog
  close: 'Close',

  // Fader
  silent: 'silent',
  decibels: (value: string) => `${value} decibels`,

  // HueChoice
  color: 'Color',

  // Meter
  db: (value: number) => `${value} dB`,

  // Toasts
  messages: 'Messages',
  dismiss: 'Dismiss',

  // NumberField, Select
  mixed: 'mixed',
}
