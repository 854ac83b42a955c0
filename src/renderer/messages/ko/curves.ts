import type { Translation } from '../catalog.ts'
import type { curves as english } from '../en/curves.ts'

export const curves = {
  spoken: { intensity: '강도', transposition: '키 이동', formant: '포먼트' },
} satisfies Translation<typeof english>
