import type { Translation } from '../catalog.ts'
import type { ui as english } from '../en/ui.ts'

export const ui = {
  // Dialog
  close: '닫기',

  // Fader
  silent: '무음',
  decibels: (value) => `${value} 데시벨`,

  // HueChoice
  color: '색상',

  // Meter
  db: (value) => `${value} dB`,

  // Toasts
  messages: '메시지',
  dismiss: '닫기',

  // NumberField, Select
  mixed: '여러 값',
  hues: {
    coral: '코랄',
    violet: '바이올렛',
    mint: '민트',
    amber: '앰버',
    aqua: '아쿠아',
    orchid: '오키드',
    lime: '라임',
    sky: '스카이',
  },
  spokenHues: {
    coral: '코랄',
    violet: '바이올렛',
    mint: '민트',
    amber: '앰버',
    aqua: '아쿠아',
    orchid: '오키드',
    lime: '라임',
    sky: '스카이',
  },
  percent: (value) => `${value} %`,
} satisfies Translation<typeof english>
