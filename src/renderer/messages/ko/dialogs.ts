import { commands } from './commands.ts'
import { withParticle } from '../korean-particles.ts'
import type { Translation } from '../catalog.ts'
import type { dialogs as english } from '../en/dialogs.ts'

/** Here an id is no word: the names of the commands stand for them. */
const commandNames: Readonly<Partial<Record<string, string>>> = commands

export const dialogs = {
  // ConnectionBanner
  noAnswer: '엔진룸이 응답하지 않습니다.',
  songPlaysOn: '곡은 그대로이며 이전처럼 재생됩니다. 다시 시도하는 중입니다.',
  notKnown: '엔진룸이 이 창을 알지 못합니다.',
  openAddress: '⟦understudy serve⟧ 명령이 출력한 주소를 # 뒤까지 모두 포함해 여세요.',

  // FailureDetails
  versionOn: (version, platform) => `· Understudy ${version}(${platform})`,
  close: '닫기',

  // FolderPicker
  chooseFiles: '파일 선택',
  chooseFile: '파일 선택',
  chooseFolder: '폴더 선택',
  saveAs: '다른 이름으로 저장',
  folderAbove: '상위 폴더',
  foldersAndFiles: '폴더와 파일',
  reading: '읽는 중…',
  nothingToChoose: '선택할 항목이 없습니다.',
  fileName: '파일 이름',
  cancel: '취소',
  save: '저장',
  chooseThisFolder: '이 폴더 선택',
  chooseCount: (count) => `파일 ${count}개 선택`,
  choose: '선택',

  // ImportRefusals
  oneRefused: '파일 1개를 가져오지 못했습니다',
  countRefused: (count) => `파일 ${count}개를 가져오지 못했습니다`,
  readable: (seconds) => `그중 ${seconds}초를 읽을 수 있습니다.`,
  othersCameIn: '다른 파일은 가져왔습니다.',
  importReadable: '읽을 수 있는 부분 가져오기',

  // NewProject
  untitled: '제목 없음',
  newProject: '새 프로젝트',
  name: '이름',
  rate: '샘플레이트',
  samplingRate: '샘플레이트',
  rateNote: '모든 스템은 가져올 때 한 번 이 샘플레이트로 변환됩니다.',
  create: '만들기',

  // ShortcutRow
  movesPanels: (keys) => `${withParticle(keys, '은/는')} 창의 각 부분 사이를 이동하는 키이므로 바꿀 수 없습니다.`,
  keyNotKept: '단축키를 저장하지 못했습니다',
  resetKey: (label) => `${label} 단축키 재설정`,
  keyNotReset: '단축키를 재설정하지 못했습니다',
  keyOf: (label, keys) => `${label}: ${keys}. 변경`,
  pressKeys: '키를 누르세요…',
  belongsTo: (keys, owner) => `${withParticle(keys, '은/는')} “${owner}”의 단축키입니다.`,
  takeIt: '가져오기',
  leaveIt: '그대로 두기',
  pressNewKeys: '새 키를 누르세요. Esc를 누르면 그대로 둡니다',
  noKey: '단축키 없음',

  // Shortcuts
  everywhere: '어디서나',
  onLanes: '레인에서',
  onRuler: '눈금자에서',
  onMarker: '마커에서',
  keyboardShortcuts: '키보드 단축키',
  searchShortcuts: '단축키 검색',
  search: '검색',
  shortcuts: '단축키',
  noShortcut: '그런 이름의 단축키가 없습니다.',
  keysOf: '단축키 세트',
  keysNotKept: '단축키를 저장하지 못했습니다',
  keysNote: '키를 클릭하면 바꿀 수 있습니다. 변경 사항은 모든 곡에 적용됩니다.',
  keysNotReset: '단축키를 재설정하지 못했습니다',
  resetAll: '모두 재설정',

  // Preferences
  folderNotWatched: '폴더를 감시하지 못했습니다',
  preferences: '환경설정',
  watchFolder: '감시 폴더',
  noFolder: '없음',
  chooseEllipsis: '선택…',
  stillWatched: '폴더 감시를 끄지 못했습니다',
  stop: '중지',
  watchNote: '이 폴더에 생긴 오디오는 브라우저에 표시됩니다. 직접 선택할 때만 가져옵니다.',
  engine: '엔진',
  noneInUse: '사용 중인 엔진 없음',
  engineNotMeasured: '엔진을 측정하지 못했습니다',
  measuring: '측정 중…',
  measureAgain: '다시 측정',
  measure: '측정',
  library: '라이브러리',
  libraryNote: '가수, 클립, 작업이 여기에 있습니다. 곡은 저장한 곳에 있습니다.',
  version: '버전',
  versionAndPlatform: (version, platform) => `${version}(${platform})`,
  followSystem: '모션과 글자 크기는 시스템 설정을 따릅니다.',
  done: '완료',
  language: '언어',
  systemLanguage: (name) => `시스템 언어(${name})`,
  look: '모양',
  lookOfSystem: '시스템 설정',
  lookDark: '어둡게',
  lookHighContrast: '고대비',
  lookNotKept: '모양을 저장하지 못했습니다',
  languageNotKept: '언어를 저장하지 못했습니다',
  engineFacts: (reason, ago) =>
    `${reason}${ago === null ? '' : `, ${ago} 측정함`}. 계산 결과가 올바른 엔진끼리 비교합니다. ⟦UNDERSTUDY_BACKEND⟧로 달리 정할 수 있습니다.`,
  commandName: (id) => commandNames[id] ?? id,
} satisfies Translation<typeof english>
