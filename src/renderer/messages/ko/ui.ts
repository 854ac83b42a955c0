import type { Translation } from '../catalog.ts'
import type { ui as english } from '../en/ui.ts'

export const ui = {
  // CopyDetails
  copyDetails: '세부 정보 복사',
  copyDetailsOf: (name) => `세부 정보 복사: ${name}`,

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

  // How a singer was learned
  ways: {
    enroll: '기본 모델에 등록하여 학습',
    scratch: '처음부터 학습',
    joint: '다른 가수와 함께 학습',
    automatic: '따로 둔 구절에서 더 나은 쪽',
    waveform: '파형 모델에서 샘플 하나하나를',
    compared: (figures) => `따로 둔 구절의 오차: ${figures}`,
    figure: (way, db) => `${way} ${db} dB`,
    how: '학습 방법',
    way: '방법',
    both: (way, figures) => `${way}; ${figures}`,
  },

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
