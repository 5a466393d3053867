# What a person types. `make demo` and `make test` install what is missing first.

swift_paths := Sources Tests Benchmarks Fuzzing Package.swift
check_imports := --explicit-target-dependency-import-check error

.PHONY: demo build test lint format bench soak fuzz asan tsan

# Builds feedgen and publishes the sample site: feeds into feeds/, digests into outbox/.
demo: build
	@.ci/demo

# The program as it is installed: release, with the Swift runtime linked in.
build:
	@.ci/install build
	swift build -c release --static-swift-stdlib --product feedgen

test: export FEEDGEN_STRICT = 1
test:
	@.ci/install build test
	swift build -c release --static-swift-stdlib --product feedgen
	swift test --disable-xctest $(check_imports)

lint:
	swift format lint --strict --recursive $(wildcard $(swift_paths))
	@.ci/lint-imports

format:
	swift format --in-place --recursive $(wildcard $(swift_paths))

# Each program prints ratios against a floor that it measures in the same run.
bench: export FEEDGEN_BENCHMARKS = 1
bench:
	@.ci/install build bench
	swift build -c release --static-swift-stdlib
	@Benchmarks/run

# The long fault tests.
soak: export FEEDGEN_SOAK = 1
soak:
	@.ci/install build test
	swift build -c release --static-swift-stdlib --product feedgen
	swift test --disable-xctest --filter "FaultTests|PublicationKillTests"

# Each reader of what strangers write, for ten minutes, until something breaks: FUZZ=feeds for one
# of them, FUZZ_SECONDS for another time. Never part of CI.
fuzz:
	@.ci/install build
	@Fuzzing/run $(FUZZ)

# LeakSanitizer reports the test runner itself, so leaks are left out.
asan:
	@.ci/install build test
	ASAN_OPTIONS=detect_leaks=0 swift test --disable-xctest --sanitize=address --scratch-path .build-asan

tsan:
	@.ci/install build test
	swift test --disable-xctest --sanitize=thread --scratch-path .build-tsan
