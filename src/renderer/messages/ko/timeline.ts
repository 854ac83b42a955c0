import type { Translation } from '../catalog.ts'
import type { timeline as english } from '../en/timeline.ts'

export const timeline = {
  // BlindPanel
  blindComparison: '블라인드 비교',
  hear: '듣기',
  hearSound: (number) => `소리 ${number} 듣기`,
  hearBoth: '원하는 만큼 두 소리를 듣고 어느 쪽이 더 좋은지 고르세요.',
  preferOriginal: (original, converted) => `원본이 더 좋다고 골랐습니다. 원본 ${original}회, 변환본 ${converted}회.`,
  preferConverted: (original, converted) => `변환본이 더 좋다고 골랐습니다. 원본 ${original}회, 변환본 ${converted}회.`,
  hidden: '숨김',
  revealed: { original: '원본', converted: '변환본' },
  isBetter: (number) => `${number}번이 더 좋음`,
  onceMore: '한 번 더',
  end: '끝내기',
  endBlind: '블라인드 비교 끝내기',

  // FreeSpace
  dropHere: '보컬 스템을 여기에 끌어다 놓으세요',
  dropForTrack: '새 트랙을 만들려면 스템이나 리전을 여기에 끌어다 놓으세요',
  imports: '가져오기',
  plays: '재생',
  givesSinger: '리전에 가수 지정',
  converts: '변환',

  // Lane
  notHere: '여기에는 놓을 수 없음',

  // LaneTools
  compactLanes: '낮은 레인',
  normalLanes: '보통 레인',
  highLanes: '높은 레인',
  sourceTrack: '소스 트랙',
  trackFor: (singer) => `${singer} 트랙`,
  trainEllipsis: '가수 학습…',
  sourceName: (number) => `소스 ${number}`,
  markerName: (number) => `마커 ${number}`,
  lanes: '레인',
  addTrack: '트랙 추가',
  track: '트랙',
  markers: '마커',
  curvesBelow: '트랙 아래에 커브 표시',
  takesBelow: '트랙 아래에 테이크 표시',
  laneHeight: '레인 높이',

  // MarkerRow
  nameOfMarker: '마커 이름',

  // RenameRegion
  nameOfRegion: '리전 이름',

  // Ruler
  playhead: '재생 헤드',
  playing: '재생 중',
  positionAndBar: (position, bar) => `${position}, 마디 ${bar}`,

  // Timeline
  timeline: '타임라인',

  // TrackHeader
  nameOfTrack: '트랙 이름',

  // fade-region

  // loop-span

  // move-marker

  // move-regions

  // swipe-take

  // trim-region

  // menus
  region: '리전',
  lane: '레인',
  singWith: '부를 가수',
  performWith: '부를 가수나 악기',
  emotion: '감정',
  newSingerTrack: '새 가수 트랙',
  ruler: '눈금자',
  marker: '마커',
  hearConverted: '변환본 듣기',
  hearOriginal: '원본 듣기',
  fades: '페이드',
  moveTo: '이동 위치',
  color: '색상',
  unmute: '음소거 해제',
  mute: '음소거',
  takes: '테이크',
  closeEditor: '편집기 닫기',
  editNotes: '음표 편집',
  newTrack: '새 트랙',
  thePlayhead: '재생 헤드',
  theStart: '처음',

  // color-items
  asTrack: '트랙 색상',
  asSinger: '가수 색상',
  asInstrument: '악기 색상',
  noColor: '없음',

  // ruler-menu
  loopOff: '루프 끄기',
  loopOn: '루프 켜기',
  letPlayheadGo: '재생 헤드 따라가지 않기',
  followPlayhead: '재생 헤드 따라가기',
  loopStartHere: '재생 헤드에서 루프 시작',
  loopEndHere: '재생 헤드에서 루프 끝',

  // track-menu
  singer: '가수',
  instrument: '악기',
  unsolo: '솔로 해제',
  solo: '솔로',
  selectItsRegions: '이 트랙의 리전 선택',
  curves: '커브',
  rename: '이름 변경',
  deleteTrack: '트랙 삭제',

  // region-name
  leavesRange: '음역을 벗어남',
  originalHeard: '원본을 듣는 중',
  fromTo: (from, to) => `${from}초에서 ${to}초`,
  emotionPercent: (emotion, percent) => `${emotion} ${percent}퍼센트`,
  muted: '음소거됨',

  // spoken-position
  spokenSeconds: (seconds) => `${seconds}초`,
  spokenMinutes: (minutes, seconds) => `${minutes}분 ${seconds}초`,

  // track-status
  playedBy: (instruments) => `${instruments} 연주`,
  sungBy: (singers) => `${singers} 노래`,
  countFailed: (count) => `실패 ${count}개`,
  countMissing: (count) => `없는 파일 ${count}개`,
  countStale: (count) => `오래됨 ${count}개`,
  countAssigned: (count) => `변환 안 됨 ${count}개`,

  // TakeHeader
  useThroughout: (region) => `${region} 전체에 사용`,
  cutAllTakes: '재생 헤드에서 모든 테이크 자르기',
  flattenComp: '컴프를 리전으로 정리',
  take: (number) => `테이크 ${number}`,
  inRegions: (count) => `리전 ${count}개에 있음`,

  // TakeJoins
  joinOf: (left, right, region) => `${region}에서 테이크 ${left}, 테이크 ${right} 이음매`,

  // TakeLane
  takeSpan: (number, region, words, where) => `${region} 테이크 ${number}, ${words}, ${where}`,
} satisfies Translation<typeof english>
