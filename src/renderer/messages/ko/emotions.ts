import type { Translation } from '../catalog.ts'
import type { emotions as english } from '../en/emotions.ts'

export const emotions = {
  neutral: '중립',
  happy: '기쁨',
  sad: '슬픔',
  angry: '분노',
  fearful: '두려움',
  calm: '차분함',
  bored: '지루함',
  disgusted: '혐오',
  surprised: '놀람',
} satisfies Translation<typeof english>
