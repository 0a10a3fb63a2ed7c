# What the targets are compiled with, by what they are.

function(kata_strict target)
  if(KATA_STRICT)
    target_compile_options(${target} PRIVATE -Werror)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
      # Where it optimises, g++ 12 sees writes beyond "a" + std::string that are not there.
      target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-restrict)
    endif()
  endif()
endfunction()

# Test code runs once: what the compiler would gain in an optimised build takes longer than all runs. So it is built as in Debug; the
# answers and the lab are not.
function(kata_is_test_code target)
  target_compile_options(${target} PRIVATE -O0 -U_FORTIFY_SOURCE $<$<CONFIG:Debug>:-g1>)
  kata_is_no_answer(${target})
endfunction()

# UndefinedBehaviorSanitizer looks at the answers. What it notes of each type and place in our own code would be three megabytes in each
# executable, a third of the time to compile it, and a fifth of each start and fork. So does the watch over stacks that functions have left:
# its pages, copied after each fork, would be a third of the processor time of a test.
include(CheckCXXCompilerFlag)
foreach(flag IN ITEMS -fsanitize-address-use-after-return=never --param=asan-use-after-return=0)
  string(MAKE_C_IDENTIFIER "kata_has${flag}" known)
  set(CMAKE_REQUIRED_FLAGS -fsanitize=address)
  check_cxx_compiler_flag(${flag} ${known})
  unset(CMAKE_REQUIRED_FLAGS)
  if(${known} AND NOT DEFINED kata_no_watch_over_left_stacks)
    set(kata_no_watch_over_left_stacks ${flag})
  endif()
endforeach()
function(kata_is_no_answer target)
  if(KATA_SANITIZE STREQUAL "address")
    target_compile_options(${target} PRIVATE -fno-sanitize=undefined ${kata_no_watch_over_left_stacks})
  endif()
endfunction()

# A learner's first build waits for it, and nobody steps through it there: so without debug information.
function(kata_is_not_stepped_through target)
  if(NOT KATA_STRICT)
    target_compile_options(${target} PRIVATE -g0)
  endif()
endfunction()

# The files of `target` are compiled in pieces of at most `size` files, 0: all in one. GoogleTest's headers cost more than what a file
# has of its own. What stands in the namespace {} of one file must not be in another's.
function(kata_in_pieces target size)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${size})
  # g++ takes what a piece includes for headers, and a header's classes should not have a namespace {} for a base.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()
