import Checking
import Testing

@Suite struct GrammarTests {
}
