// Command loadpaths prints the paths that a load run asks for: a thousand
// searches for words of ranks 100 to 20,000 of the generated archive (search), or
// a thousand of its first articles (article HOW-MANY-IT-HAS).
package main

import (
	"fmt"
	"log"
	"math/rand/v2"
	"net/url"
	"os"
	"strconv"

	"whosaid/internal/archive/generated"
)

func main() {
	m := generated.New(1) // as bench archive makes it
	r := rand.New(rand.NewPCG(7, 7))
	switch {
	case len(os.Args) == 2 && os.Args[1] == "search":
		for range 1000 {
			fmt.Println("/search?q=" + url.QueryEscape(m.Word(100+r.IntN(19_901))))
		}
	case len(os.Args) == 3 && os.Args[1] == "article":
		articles, err := strconv.Atoi(os.Args[2])
		if err != nil || articles < 1 {
			log.Fatalf("%s is no number of articles", os.Args[2])
		}
		for range 1000 {
			fmt.Println("/article/" + url.PathEscape(m.Article(r.IntN(articles)).Doc.ID))
		}
	default:
		log.Fatal("usage: loadpaths search | article HOW-MANY-IT-HAS")
	}
}
