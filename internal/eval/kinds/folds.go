package kinds

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"whosaid/internal/annotate/kinds"
)

// Folds are models that were each trained without some of the articles.
type Folds struct {
	dir    string
	of     map[string]int // article -> the model that has not seen it
	models map[int]*kinds.Model
}

// LoadFolds reads folds.json and the models 0.safetensors, 1.safetensors, … of
// dir.
func LoadFolds(dir string) (*Folds, error) {
	f := &Folds{dir: dir, models: map[int]*kinds.Model{}}
	data, err := os.ReadFile(filepath.Join(dir, "folds.json"))
	if err != nil {
		return nil, fmt.Errorf("%w; give the folder that train/kinds.py --folds wrote", err)
	}
	if err := json.Unmarshal(data, &f.of); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, "folds.json"), err)
	}
	for _, k := range f.of {
		if f.models[k] != nil {
			continue
		}
		file := filepath.Join(dir, fmt.Sprintf("%d.safetensors", k))
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if f.models[k], err = kinds.Load(data); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return f, nil
}

// Model is the one that has not seen the article.
func (f *Folds) Model(article string) (*kinds.Model, error) {
	k, ok := f.of[article]
	if !ok {
		return nil, fmt.Errorf("%s: the article %s is in no fold; train the folds on the labels that are measured", f.dir, article)
	}
	return f.models[k], nil
}
