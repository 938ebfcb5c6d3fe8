package actors

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"whosaid/internal/news"
	"whosaid/internal/pipeline"
)

// Given is a stage that puts the mentions that people marked in the place of
// those that were found, to measure what comes after alone. Descriptions and
// names as such stay as they were found.
func Given(articles []Article) pipeline.Stage {
	by := map[string]Article{}
	for _, a := range articles {
		by[a.ID] = a
	}
	return pipeline.Stage{
		Name: "given-mentions",
		Doc:  "Puts the mentions that people marked in the place of those found.",
		Run: func(_ context.Context, doc *news.Document) error {
			name := filepath.Base(doc.File)
			if a, ok := by[strings.TrimSuffix(name, filepath.Ext(name))]; ok {
				a.mark(doc)
			}
			return nil
		},
	}
}

// Untold is Given, but for the nominals that stand at the head of a source: who
// learns from the labels shall find those without being told.
func Untold(articles []Article) pipeline.Stage {
	s := Given(articles)
	mark := s.Run
	s.Run = func(ctx context.Context, doc *news.Document) error {
		if err := mark(ctx, doc); err != nil {
			return err
		}
		sources := map[int]bool{}
		for _, st := range doc.Statements {
			for _, span := range st.Source {
				sources[span.Start] = true
			}
		}
		doc.Tags = slices.DeleteFunc(doc.Tags, func(t news.Tag) bool { return t.Kind == news.TagPersonNominal && sources[t.Start] })
		return nil
	}
	return s
}

func (a Article) mark(doc *news.Document) {
	var tags []news.Tag
	for _, t := range doc.Tags {
		switch t.Kind {
		case news.TagRole, news.TagTitle, news.TagLabel:
			tags = append(tags, t)
		}
	}
	at := news.NewOffsets(doc.Text)
	for _, x := range a.Actors {
		for _, m := range x.Mentions {
			tags = append(tags, news.Tag{
				Span: news.Span{Start: at.Byte(m.Start), End: at.Byte(m.End)},
				Kind: tagKind(x.Type, m.Form), Confidence: 1,
			})
		}
	}
	doc.Tags = tags
}

func tagKind(actor, form string) news.TagKind {
	switch {
	case actor == "place":
		return news.TagActingPlace
	case actor != "person":
		return news.TagActingBody
	case form == "pronoun":
		return news.TagPersonPronoun
	case form == "nominal":
		return news.TagPersonNominal
	}
	return news.TagPersonName
}

// Identities tells whom a mention of an article is known to mean: the name of a
// person by the bytes of the mention.
func (a Article) Identities() map[news.Span]string {
	at := news.NewOffsets(a.Text)
	who := map[news.Span]string{}
	for _, x := range a.Actors {
		for _, m := range x.Mentions {
			if x.Type == "person" {
				who[news.Span{Start: at.Byte(m.Start), End: at.Byte(m.End)}] = x.Name
			}
		}
	}
	return who
}
