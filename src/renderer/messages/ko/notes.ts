import type { Translation } from '../catalog.ts'
import type { notes as english } from '../en/notes.ts'

export const notes = {
  // EditorBar
  notesTool: '음표: 클릭하면 선택, 끌면 이동',
  drawTool: '음정을 손으로 그리기',
  lineTool: '음정을 직선으로 그리기',
  regionEditor: '리전 편집기',
  tools: '도구',
  spectrumOf: '스펙트럼 대상',
  source: '소스',
  converted: '변환됨',
  zoomOut: '음표 축소',
  zoomIn: '음표 확대',
  countEdited: (count) => `${count}개 편집됨`,
  allNotesAsSung: '모든 음표를 부른 대로',
  allAsSung: '모두 부른 대로',
  convert: '변환',
  closeEditor: '편집기 닫기',

  // FactorRow

  // NoteFields
  noneSelected: '선택한 음표 없음',
  note: (names) => `음표 ${names}`,
  countSelected: (count) => `음표 ${count}개 선택됨`,
  vibrato: '비브라토',
  drift: '드리프트',
  notesAsSung: '음표를 부른 대로',
  selectedNotes: '선택한 음표',
  shift: '이동',
  shiftInCents: '이동(센트)',
  moveNotes: '음표 이동',
  flattenVibrato: '비브라토 줄이기',
  flatten: '평평하게',
  exaggerateVibrato: '비브라토 과장',
  exaggerate: '과장',
  asSung: '부른 대로',
  noteTip: '음표를 클릭하거나 Tab 키로 음표에 간 다음 화살표로 옮기세요.',
  cents: '센트',

  // RegionEditorPanel
  notesNotFound: (reason) => `음표를 찾지 못했습니다: ${reason}`,
  findingNotes: '음표를 찾는 중…',
  reportCard: '결과표',
  reportNote: '변환할 때 측정한 값이 여기에 표시됩니다.',
  selectRegion: '리전을 선택하면 음표가 표시됩니다.',
  cantMove: '이 악기는 음정을 배우지 않아 멜로디를 편집할 수 없습니다.',
  atLeast: (limit) => `${limit} 이상`,
  giveSinger: '멜로디를 편집하려면 ⟦G⟧ 키로 리전에 가수를 지정하세요.',

  // ReportCard
  pitchError: '음정 오차 중앙값',
  voicingDiffers: '유성음 판정 차이',
  levelChange: '레벨 변화',
  timingOffset: '타이밍 어긋남',
  clipped: '클리핑',
  samples: (_count) => '샘플',
  largest: (value, place) => `최대 ${value}, ${place}`,
  limit: (value) => `한도 ${value}`,
  sameLength: (samples) => `입력과 출력 ${samples}`,
  renderedIn: (seconds) => `${seconds}초 만에 렌더링`,

  // ScaleFields
  noScale: '없음',
  everySemitone: '모든 반음',
  major: '장음계',
  minor: '단음계',
  scale: '음계',
  wholeRegion: '리전 전체',
  scaleSpoken: '음표를 맞출 음계',
  tonic: '으뜸음',
  tonicSpoken: '음계의 으뜸음',
  strength: '세기',
  strengthSpoken: '보정 세기',

  // roll-gestures
  drawPitch: '음정 그리기',

  // RollNotes
  noteAndCents: (note, cents) => `${note} ${cents}센트`,
  centsHigh: (cents) => `${cents}센트 높음`,
  centsLow: (cents) => `${cents}센트 낮음`,
  atSeconds: (seconds) => `${seconds}초`,
  vibratoOf: (cents) => `비브라토 ${cents}센트`,
  edited: '편집됨',
  notesOf: (region) =>
    `${region} 음표. 위아래 화살표로 음표를 옮기고, 좌우 화살표로 다른 음표로 가고, Delete로 되돌립니다.`,
} satisfies Translation<typeof english>
