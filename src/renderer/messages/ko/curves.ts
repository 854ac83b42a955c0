import type { Translation } from '../catalog.ts'
import type { curves as english } from '../en/curves.ts'

export const curves = {
  spoken: { intensity: '강도', transposition: '키 이동', formant: '포먼트' },

  // CurveHeader
  blendOf: (singer) => `${singer} 블렌드`,
  pointsTool: '점: 클릭하면 추가, 끌면 이동',
  lineTool: '선: 끌거나 양 끝을 클릭',
  freeHand: '자유 그리기',
  nameOnTrack: (name, track) => `${track}의 ${name}`,
  ofPoint: (name) => `점의 ${name}`,
  howDrawn: (name) => `${name} 그리는 방법`,

  // CurvePointing
  lineBegins: '선이 여기서 시작됩니다. 끝낼 곳을 클릭하세요.',
  addPoint: '점 추가',
  deletePoint: '점 삭제',
  clear: (what) => `${what} 지우기`,

  // CurvePoints
  throughout: (value) => `전체 ${value}, 점 없음`,
  curveOf: (parameter, region) =>
    `${region} ${parameter}. 화살표로 점을 옮기고, Page Up과 Page Down으로 다른 점으로 가고, Enter로 추가하고, Delete로 지웁니다.`,
  point: (value, at, number, count) => `${at}에서 ${value}, 점 ${count}개 중 ${number}번`,

  // curve-keys
  deletePointOf: (region) => `${region} 점 삭제`,

  // curve-menu
  copyCurveOf: (region) => `${region} 커브 복사`,
  copySelectOne: '커브 복사: 리전 하나를 선택하세요',
  pasteInto: (what) => `${what}에 붙여넣기`,

  // draw-curve
  labels: {
    intensity: '강도',
    'blend-1': '블렌드',
    'blend-2': '블렌드 2',
    transposition: '키 이동',
    formant: '포먼트',
  },
  percent: (value) => `${value}퍼센트`,
  semitones: (value) => `${value}반음`,
  minusSemitones: (value) => `마이너스 ${value}반음`,
} satisfies Translation<typeof english>
