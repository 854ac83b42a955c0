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
  addTrackFor: (singer) => `${singer} 트랙 추가`,
  addSourceTrack: '소스 트랙 추가',
  rename: (what) => `${what} 이름 변경`,
  fadeIn: (what) => `${what} 페이드 인`,
  fadeOut: (what) => `${what} 페이드 아웃`,
  setLoop: '루프 설정',
  move: (what) => `${what} 이동`,
  takeIn: (number, what) => `${what}에 테이크 ${number}`,
  moveJoin: (what) => `${what} 이음매 이동`,
  removeJoin: (what) => `${what} 이음매 제거`,
  trim: (what) => `${what} 다듬기`,
  emotion: (emotion, what) => `${emotion}: ${what}`,
  deleteTrack: (track) => `${track} 트랙 삭제`,
  deleteTake: (number, what) => `${what} 테이크 ${number} 삭제`,
} satisfies Translation<typeof english>
