// Command loadpaths prints the paths that a load run asks for: a thousand
// searches for words of ranks 100 to 20,000 of the generated archive, or a
// thousand of its articles.
package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"

	"whosaid/internal/archive/generated"
)

func main() {
	m := generated.New(1) // as bench archive makes it
	r := rand.New(rand.NewPCG(7, 7))
	for range 1000 {
		if len(os.Args) > 1 && os.Args[1] == "article" {
			fmt.Println("/article/" + url.PathEscape(m.Article(r.IntN(20_000)).Doc.ID))
			continue
		}
		fmt.Println("/search?q=" + url.QueryEscape(m.Word(100+r.IntN(19_901))))
	}
}
