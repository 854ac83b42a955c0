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
  hues: {
    coral: 'Coral',
    violet: 'Violet',
    mint: 'Mint',
    amber: 'Amber',
    aqua: 'Aqua',
    orchid: 'Orchid',
    lime: 'Lime',
    sky: 'Sky',
  },
  spokenHues: {
    coral: 'coral',
    violet: 'violet',
    mint: 'mint',
    amber: 'amber',
    aqua: 'aqua',
    orchid: 'orchid',
    lime: 'lime',
    sky: 'sky',
  },
  percent: (value: number) => `${value} %`,
}
