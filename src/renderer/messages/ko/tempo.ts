import type { Translation } from '../catalog.ts'
import type { tempo as english } from '../en/tempo.ts'

export const tempo = {
  // tempo-commands
  add: '재생 헤드에서 템포 또는 박자 변경…',
  toggleRow: '눈금자 위의 템포와 박자',
  hideRow: '템포와 박자 숨기기',
  showRow: '템포와 박자 표시',
  edit: '템포와 박자 편집…',
  focusNext: '다음 템포 변경으로 포커스 이동',
  focusBefore: '이전 템포 변경으로 포커스 이동',
  moveLater: '변경을 한 마디 뒤로 이동',
  moveEarlier: '변경을 한 마디 앞으로 이동',
  toPlayhead: '변경을 재생 헤드의 마디로 이동',
  ramp: '다음 템포까지 서서히 변경',
  noRamp: '다음 변경까지 템포 유지',
  remove: '변경 제거',
  menu: '템포 변경 메뉴',
  changeStep: (bar) => `${bar}마디에서 템포 변경`,
  moveStep: (bar) => `${bar}마디의 변경 이동`,
  removeStep: (bar) => `${bar}마디의 변경 제거`,
  nowAt: (bar) => `이제 ${bar}마디에 있습니다.`,
  removed: (bar) => `${bar}마디의 변경을 제거했습니다.`,

  duplicateByBars: '다음 마디에 복제',
  loopBars: '선택 항목의 마디 반복',
  onChange: '템포 변경에서',

  // BarsField
  goTo: '마디, 박 또는 시간으로 이동',

  // TempoRow
  row: '템포와 박자',
  place: (facts, bar) => `${facts}, ${bar}마디`,
  ramping: (facts, bar, next) => `${facts}, ${bar}마디, ${next}까지 서서히 변경`,

  // TempoEditor
  editorOf: (bar) => `${bar}마디부터의 템포와 박자`,
  fromBar: (bar) => `${bar}마디부터`,
  tempo: '템포',
  meter: '박자',
  bpm: 'bpm',
  tap: '탭',
  tapTip: '4분음표를 네 번 이상 두드리세요',
  badTempo: '92.5와 같은 숫자',
  badMeter: '3/4 또는 6/8과 같은 형식',
  done: '완료',
} satisfies Translation<typeof english>
