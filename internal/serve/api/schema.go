package api

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"whosaid/internal/record"
)

// nullable are the types of the record with fields that may be null, which the
// description would otherwise promise to be objects.
var nullable = []reflect.Type{reflect.TypeFor[record.Statement](), reflect.TypeFor[record.Teller]()}

// allowNull says of each field that is a pointer to an object that it may be
// null.
func allowNull(schemas huma.Registry) {
	for _, t := range nullable {
		s := schemas.Map()[t.Name()]
		if s == nil {
			continue
		}
		for i := range t.NumField() {
			f := t.Field(i)
			name := f.Tag.Get("json")
			if f.Type.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Struct && s.Properties[name] != nil {
				s.Properties[name] = &huma.Schema{AnyOf: []*huma.Schema{s.Properties[name], {Type: "null"}}}
			}
		}
	}
}

// whole is v with empty lists in the place of those that are nil, so that a
// list is one in JSON too, whether anything is in it or not.
func whole[T any](v T) T {
	fill(reflect.ValueOf(&v).Elem())
	return v
}

func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fill(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i))
			}
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		if k := v.Type().Elem().Kind(); k == reflect.Struct || k == reflect.Pointer || k == reflect.Slice {
			for i := range v.Len() {
				fill(v.Index(i))
			}
		}
	}
}
