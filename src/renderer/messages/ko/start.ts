import { withParticle } from '../korean-particles.ts'
import type { Translation } from '../catalog.ts'
import type { start as english } from '../en/start.ts'

export const start = {
  // DemoCard
  demoSong: '데모 곡',
  demoPicture: '음표로 그린 데모 곡: 열두 마디의 리드 보컬과 그 아래의 하모니',
  leadVocal: '리드 보컬',
  harmony: '하모니',
  tryDemo: '데모 곡 열어 보기',
  demoNote: (seconds) =>
    `${seconds}초 길이로, 프로그램에 내장된 노래 합성기가 만든 스템 두 개입니다. 가수를 지정하고 차이를 들어 보세요.`,
  opening: '여는 중…',
  openDemo: '데모 열기',

  // EngineCheck
  engineNotMeasured: '엔진을 측정하지 못했습니다',
  reportNotCopied: '보고서를 복사하지 못했습니다',
  reportInClipboard: '엔진 보고서를 클립보드에 복사했습니다.',
  engineCheck: '엔진 점검',
  hideEngineCheck: '엔진 점검 숨기기',
  convertsIn: (seconds, ago) => `목소리 10초를 ${seconds}초에 변환합니다. ${ago} 이 컴퓨터에서 측정했습니다.`,
  notMeasured: '아직 측정하지 않음',
  measureNote: '짧은 프레이즈를 변환해 측정하며 몇 초 걸립니다.',
  gflops: 'GFLOP/s',
  enginesLabel: '엔진별 학습 연산 속도(초당 십억 회)',
  memory: '메모리',
  freeOf: (free, total) => `${total} 중 ${free} 여유`,
  disk: '디스크',
  free: (bytes) => `${bytes} 여유`,
  threads: '스레드',
  trainSinger: '가수 학습',
  normalLength: (time) => `보통 길이로 약 ${time}`,
  measuring: '측정 중',
  measuringEngine: '엔진 측정 중',
  measureAgain: '다시 측정',
  measure: '측정',
  copyReport: '보고서 복사',
  asking: '엔진에 묻는 중…',
  realTime: (factor) => `실시간의 ⟦${factor}배⟧`,

  // NativeEngine
  nativeNotInstalled: '네이티브 엔진을 설치하지 못했습니다',
  nativeNotRemoved: '네이티브 엔진을 제거하지 못했습니다',
  downloadRemoved: '내려받은 파일을 지웠습니다.',
  nativeRemoved: '네이티브 엔진을 제거했습니다.',
  nativeTensorFlow: '네이티브 TensorFlow',
  waiting: '대기 중',
  notCanceled: '취소하지 못했습니다',
  cancel: '취소',
  downloadStays: '내려받은 부분은 다음을 위해 남겨 둡니다.',
  isInstalled: (label, licence) => `${withParticle(label, '이/가')} 설치되어 있습니다. ${licence}.`,
  removeIt: '제거',
  nativeNote: '가수 학습이 WebAssembly보다 몇 배 빠릅니다. 없어도 모든 기능을 쓸 수 있습니다.',
  whichOne: '어느 것',
  throwAway: '지우기',

  // RecentList
  recent: '최근 항목',
  projects: (count) => `프로젝트 ${count}개`,
  noRecent: '열거나 저장한 곡이 여기에 표시됩니다.',
  movedOrDeleted: '이동되었거나 삭제됨',
  locate: (name) => `${name} 위치 찾기`,
  locateEllipsis: '위치 찾기…',

  // RecoveryLines
  discardQuestion: (name) => `“${name}”의 저장하지 않은 작업을 버릴까요?`,
  keepIt: '보관',
  discard: '버리기',
  notDiscarded: '작업을 버리지 못했습니다',
  discardUnsavedOf: (name) => `${name}의 저장하지 않은 작업 버리기`,
  keepForLaterOf: (name) => `나중을 위해 보관: ${name}`,
  keepForLater: '나중을 위해 보관',
  recoverOf: (name) => `${name} 복구`,
  recover: '복구',
  discardOnly: (count, when) => `${when} 자동 저장된 편집 ${count}개가 삭제됩니다. 다른 사본이 없습니다.`,
  discardUnsaved: (count, when) => `${when} 자동 저장된 편집 ${count}개가 삭제됩니다. 저장된 파일은 그대로 남습니다.`,
  unsavedWork: (name, count, time) =>
    `⟦${name}⟧에 저장하지 않은 작업이 있습니다. 편집 ${count}개, 마지막 자동 저장 ${time}.`,
  neverSavedWork: (name, count, time) =>
    `⟦${name}⟧에 저장하지 않은 작업이 있습니다. 편집 ${count}개, 마지막 자동 저장 ${time}. 파일로 저장된 적이 없습니다.`,

  // SingerList
  shipsWith: 'Understudy에 포함됨',
  trainedHere: '여기서 학습함',
  consentOnFile: '동의 기록 있음',
  notHeard: (name) => `${name} 목소리를 재생하지 못했습니다`,
  singersHere: '이 컴퓨터의 가수',
  train: '학습',
  noSingers: '아직 가수가 없습니다. 몇 분 길이의 드라이한 목소리로 학습해 보세요.',
  hear: (name) => `${name} 듣기`,
  imported: '가져옴',
  learning: (percent) => `학습 중, ${percent} %`,

  // StartScreen
  start: '시작',
  newProject: '새 프로젝트',
  open: '열기…',
  importStems: '스템 가져오기…',
  dropNote: '또는 보컬 스템을 이 창 아무 곳에나 끌어다 놓으세요. 모든 것이 이 컴퓨터에만 머무릅니다.',
  dropNoteShared:
    '또는 보컬 스템을 이 창 아무 곳에나 끌어다 놓으세요. 변환하거나 학습할 내용은 대기열의 컴퓨터로 전송됩니다.',
  keyboardShortcuts: '키보드 단축키',
  preferences: '환경설정',
  thisMachine: '이 컴퓨터',

  // engine-words
  inUse: '사용 중',
  untested: '아직 시험하지 않음',
  refused: '제외됨',
  notInstalled: '설치되지 않음',
  takesMemory: (bytes) => `메모리 ${bytes} 사용`,
  install: (bytes) => `설치, ${bytes}`,
  goOnAll: '계속, 모두 내려받음',
  goOnLeft: (bytes) => `계속, ${bytes} 남음`,
  takesDisk: (bytes, licence) => `디스크를 최대 ${bytes} 사용합니다. ${licence}.`,
  ready: '준비됨',
  deviceWith: (device, bytes) => `${device}, 메모리 ${bytes}`,
  version: (version) => `버전 ${version}`,
  training: (quick, normal, long) => `학습: 빠르게 ${quick}, 보통 ${normal}, 길게 ${long}`,
  useTraining: '학습',
  useConversion: '변환',
  both: (first, second) => `${first} 및 ${second}`,
  nativeFor: { cpu: '프로세서용', gpu: 'NVIDIA 장치용' },
} satisfies Translation<typeof english>
