// Mistake: sends a second byte, for the end of the text: it is the tag of the next descriptor
// Caught by: Works.PassesADescriptorThatWorksThere
// Says: expected  ann receives "d" and 1 descriptor
#include "26_fd_passing/rest.h"

namespace kata {

void send_fd(int wire, UniqueFd&& fd, std::byte tag)
{
    std::byte text[] = {tag, std::byte{0}};
    Letter letter;
    letter.piece = {text, sizeof text};
    encloses(letter, fd.get());
    sends(wire, letter);
    fd.reset();
}

} // namespace kata
