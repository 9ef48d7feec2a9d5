// Feeds one target with the texts that libFuzzer makes: FUZZ_TARGET=lint Fuzzing [OPTIONS OF LIBFUZZER] CORPUS…

import CLibFuzzer
import Foundation

guard FuzzTarget.chosen != nil else {
  let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
  FileHandle.standardError.write(Data("set FUZZ_TARGET to one of: \(names)\n".utf8))
  exit(2)
}
var argumentCount = CommandLine.argc
var arguments = unsafe Optional(CommandLine.unsafeArgv)
exit(
  unsafe LLVMFuzzerRunDriver(&argumentCount, &arguments) { bytes, count in
    FuzzTarget.chosen?.run(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  })
