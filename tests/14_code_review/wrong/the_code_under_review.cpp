// Mistake: all of the post: no end at 0, chunks for messages, one catch for everything, no close
// Caught by: Works.EndsWhenTheClientEnds
// Says: busy loop
#include "../../../exercises/14_code_review/code_review.cpp"
