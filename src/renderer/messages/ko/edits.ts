import { withParticle } from '../korean-particles.ts'
import type { Translation } from '../catalog.ts'
import type { edits as english } from '../en/edits.ts'

export const edits = {
  regions: (count) => `리전 ${count}개`,
  valueOf: (label, what) => `${what} ${label}`,
  clearOf: (label, what) => `${what} ${label} 커브 지우기`,
  sing: (what, singer) => `${withParticle(what, '을/를')} ${withParticle(singer, '으로/로')} 부르기`,
  singWith: (singer) => `${withParticle(singer, '으로/로')} 부르기`,
  hearOriginal: '원본 듣기',
  hearConverted: '변환본 듣기',
  moveByOctave: (what) => `${what} 한 옥타브 이동`,
  takeOf: (number, what) => `${what} 테이크 ${number}`,
  starTake: (number, what) => `${what} 테이크 ${number} 별표`,
  unstarTake: (number, what) => `${what} 테이크 ${number} 별표 해제`,
  place: (name) => `${name} 배치`,
} satisfies Translation<typeof english>
