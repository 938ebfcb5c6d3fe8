package polnear

// Right tells of each predicted attribution of an article, by the id of its
// statement, whether it is right by content50.
func Right(a Article, p Prediction) map[string]bool {
	s := scoreArticle(a, p)
	verdicts := make(map[string]bool, len(s.given))
	right := s.right()
	for i, g := range s.given {
		verdicts[g.Statement] = right[i]
	}
	return verdicts
}
