import { withParticle } from '../korean-particles.ts'
import type { Translation } from '../catalog.ts'
import type { exporting as english } from '../en/exporting.ts'

export const exporting = {
  // DecisionList
  needDecision: (count) => `결정이 필요한 리전 ${count}개`,
  show: (region) => `${region} 표시`,
  showIt: '표시',
  whatHappens: (region) => `${region} 처리 방법`,

  // ExportDone
  pathNotCopied: '경로를 복사하지 못했습니다',
  copied: '복사했습니다.',
  oneWritten: '파일 1개를 저장했습니다.',
  countWritten: (count) => `파일 ${count}개를 저장했습니다.`,
  samplesAndBytes: (samples, bytes) => `${samples}샘플, ${bytes}`,
  copyPath: (path) => `경로 복사: ${path}`,
  folderNotShown: '폴더를 표시하지 못했습니다',
  showInFolder: '폴더에서 보기',

  // ExportForm
  stems: '스템',
  stemsNote: '가수와 악기 트랙마다 파일 하나',
  mix: '믹스',
  mixNote: '전체를 파일 하나로',
  selected: '선택 항목',
  nothingSelected: '선택한 항목 없음',
  loop: '루프',
  noLoop: '루프 없음',
  bars: (from, to) => `${from}~${to}마디`,
  folderNotChosen: '폴더를 선택하지 못했습니다',
  whatAndWhere: '내보낼 내용과 위치',
  what: '대상',
  format: '형식',
  channels: '채널',
  mono: '모노',
  stereo: '스테레오',
  start: '시작',
  atZero: '모두 0:00에서',
  atFirstRegion: '첫 리전에서',
  loopSpan: '루프 구간',
  linesUp: '1마디에 놓으면 위치가 맞습니다',
  beginAtFirst: '모든 파일이 첫 리전에서 시작합니다',
  names: '이름',
  folder: '폴더',
  noneChosen: '선택 안 함',
  choose: '선택…',
  also: '추가',
  markSound: '변환된 목소리임을 소리 자체에 ±0.6 dB로 표시',
  writeMetadata: '각 파일에 가수, 동의, “AI 변환” 정보 기록',
  writeReport: '모든 리전의 결과표(JSON)',
  writeSession: '다른 DAW용 편곡(DAWproject)',

  // ExportProgress
  nothingWritten: '아무것도 저장하지 않았습니다.',
  aboutLeft: (time) => `약 ${time} 남음`,
  exporting: '내보내는 중',

  // ExportSheet
  unknownSinger: '알 수 없는 가수',
  chooseFolder: '폴더를 선택하세요.',
  needNames: '파일 이름이 필요합니다.',
  emptyStems: '아직 리전이 있는 가수 트랙이 없습니다.',
  emptyMix: '곡에 들리는 것이 없습니다.',
  emptySelection: '선택한 리전이 없습니다.',
  emptyLoop: '곡에 루프가 없습니다.',
  notStarted: '내보내기를 시작하지 못했습니다',
  notAllConverted: '변환하지 못한 리전이 있습니다. 다시 결정해 주세요.',
  export: '내보내기',
  exportMore: '더 내보내기',
  close: '닫기',
  closingNote: '이 창을 닫아도 내보내기는 계속됩니다.',
  notCanceled: '취소하지 못했습니다',
  cancelExport: '내보내기 취소',
  backToSheet: '설정으로 돌아가기',
  writtenWhenReady: '모두 준비되기 전에는 아무것도 저장하지 않습니다.',
  cancel: '취소',
  converting: '변환 중…',
  convertAndExport: (count) => `변환 후 파일 ${count}개 내보내기`,
  exportFiles: (count) => `파일 ${count}개 내보내기`,

  // FileList
  files: (count) => `파일 ${count}개`,
  bytesAndFree: (bytes, free) => `${bytes}, ${free} 여유`,
  withSounds: '소리 포함',
  fileLength: (samples) => `길이는 ${samples}샘플입니다.`,
  fileLengths: (samples) => `각 파일의 길이는 ${samples}샘플이고, 모두 함께 시작합니다.`,

  // FormatChoice
  wav16: 'WAV, 16비트, 디더링',
  wav24: 'WAV, 24비트',
  wav32: 'WAV, 32비트 부동소수점',
  flac16: 'FLAC, 16비트, 디더링',
  flac24: 'FLAC, 24비트',
  convertedRate: (kilohertz) => `${kilohertz} kHz, 변환`,
  sampleRate: '샘플레이트',

  // NameTemplate
  addToken: (token) => `${token} 추가`,

  // decisions
  leaveSilent: '무음으로 두기',
  outOfDate: '오래됨',
  convertFirst: '먼저 변환',
  useOldTake: '이전 테이크 사용',
  notConvertedYet: '아직 변환하지 않음',
  stillConverting: '변환 중',
  originalVoice: '원본 목소리',
  oldTake: '이전 테이크',
  tryAgain: '다시 시도',
  notFound: (file) => `${withParticle(file, '을/를')} 찾지 못했습니다`,
  failed: (reason) => `실패: ${reason}`,
} satisfies Translation<typeof english>
