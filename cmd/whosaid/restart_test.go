package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestRestartUnderLoad ends a server while visitors search, two hand in articles
// and whosaid add adds others: once without a warning, once as systems do. What
// it said is kept must be there, whole, when it is up again, and nothing twice.
func TestRestartUnderLoad(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a test cannot ask another process to end there")
	}
	dir := t.TempDir()
	store := filepath.Join(dir, "archive.db")
	acknowledged := map[string]string{} // ids of articles, and words that each has
	pier := 0
	for _, end := range []os.Signal{os.Kill, syscall.SIGTERM} {
		var files []string
		for range 2 {
			pier++
			files = append(files, filepath.Join(dir, fmt.Sprintf("%d.txt", pier)))
			if err := os.WriteFile(files[len(files)-1], []byte(aboutPier(pier)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s := serveArchive(t, store)
		add := exec.Command("whosaid", append([]string{"add", "--archive", store}, files...)...)
		if err := add.Start(); err != nil {
			t.Fatal(err)
		}

		ended := make(chan struct{})
		var visitors sync.WaitGroup
		for range 3 {
			visitors.Go(func() {
				for {
					code, _, err := s.ask(http.MethodGet, "/search?q=pier", "")
					select {
					case <-ended:
						return
					default:
					}
					if err != nil || code != http.StatusOK {
						t.Errorf("a search gives %d (%v)", code, err)
						return
					}
					time.Sleep(20 * time.Millisecond)
				}
			})
		}
		var mu sync.Mutex
		enough := make(chan struct{})
		giveUp := sync.OnceFunc(func() { close(enough) })
		said := 0
		for range 2 {
			visitors.Go(func() {
				for {
					mu.Lock()
					pier++
					n := pier
					mu.Unlock()
					code, id, err := s.hand(n)
					if err != nil || code != http.StatusOK {
						select {
						case <-ended:
						default:
							t.Errorf("handing in gives %d (%v)", code, err)
							giveUp()
						}
						return
					}
					mu.Lock()
					acknowledged[id] = fmt.Sprintf("pier %d", n)
					if said++; said == 3 {
						giveUp()
					}
					mu.Unlock()
				}
			})
		}
		select {
		case <-enough:
		case <-time.After(2 * time.Minute):
			t.Fatal("nothing is kept")
		}
		close(ended)
		if err := s.cmd.Process.Signal(end); err != nil {
			t.Fatal(err)
		}
		err := s.cmd.Wait()
		visitors.Wait()
		if end == syscall.SIGTERM && err != nil && s.cmd.ProcessState.ExitCode() != exitInterrupted {
			t.Errorf("asked to end it says %v", err)
		}
		if err := add.Wait(); err != nil {
			t.Errorf("adding meanwhile: %v", err)
		}

		again := serveArchive(t, store)
		for id, words := range acknowledged {
			code, body, err := again.ask(http.MethodGet, "/api/v1/articles/"+id, "")
			if err != nil || code != http.StatusOK || !strings.Contains(body, words) {
				t.Errorf("after %v the article %s about %s, which was kept, gives %d (%v)", end, id, words, code, err)
			}
		}
		for _, file := range files {
			words := "pier " + strings.TrimSuffix(filepath.Base(file), ".txt")
			if _, body, err := again.ask(http.MethodGet, "/api/v1/search?q="+strings.ReplaceAll(words, " ", "+"), ""); err != nil || !strings.Contains(body, words) {
				t.Errorf("after %v what add kept about %s is not found (%v)", end, words, err)
			}
		}
		again.stop(t)
		if out, err := exec.Command("whosaid", "verify", "--archive", store).CombinedOutput(); err != nil {
			t.Errorf("after %v the archive is damaged: %v\n%s", end, err, out)
		}
	}
	out, err := exec.Command("whosaid", "export", "--format", "jsonl", "--archive", store).Output()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	for _, text := range regexp.MustCompile(`keep pier \d+ open`).FindAllString(string(out), -1) {
		texts[text] = true
	}
	if lines := strings.Count(string(out), `"article":{`); lines < len(acknowledged)+4 || lines > pier {
		t.Errorf("%d articles are there; %d were kept for sure, %d were handed in", lines, len(acknowledged)+4, pier)
	} else if len(texts) != lines {
		t.Errorf("%d articles have %d texts", lines, len(texts))
	}
}

// aboutPier is an article like no other.
func aboutPier(n int) string {
	return fmt.Sprintf("“We will keep pier %d open until the spring,” said Ida Brandt, the harbour master of Velm.", n)
}

// A server is one that runs, at an address.
type server struct {
	cmd   *exec.Cmd
	url   string
	token string // that writing takes
}

func serveArchive(t *testing.T, store string) *server {
	t.Helper()
	s := &server{cmd: exec.Command("whosaid", "serve", "--archive", store, "--addr", "127.0.0.1:0", "--rate", "0")}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the server does not start: %v", err)
	}
	s.url = regexp.MustCompile(`http://[^ ]+`).FindString(line)
	_, visit, err := s.ask(http.MethodGet, "/api/v1/visit", "")
	if err != nil {
		t.Fatal(err)
	}
	s.token = regexp.MustCompile(`"token":"([^"]+)"`).FindStringSubmatch(visit)[1]
	return s
}

func (s *server) stop(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = s.cmd.Wait() // says that it was interrupted
}

func (s *server) ask(method, path, body string) (int, string, error) {
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Whosaid-Token", s.token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(text), err
}

// hand hands in the article about a pier, and returns its id once it is kept.
func (s *server) hand(n int) (int, string, error) {
	body, err := json.Marshal(map[string]string{"text": aboutPier(n), "outlet": "The Velm Courier"})
	if err != nil {
		return 0, "", err
	}
	code, text, err := s.ask(http.MethodPost, "/api/v1/articles", string(body))
	if err != nil || code != http.StatusOK {
		return code, "", cmp.Or(err, errors.New(text))
	}
	var kept []struct {
		Status  string
		Article struct {
			ID string `json:"id"`
		}
	}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return code, "", err
	}
	if len(kept) != 1 || kept[0].Status != "new" {
		return code, "", errors.New("it says " + text)
	}
	return code, kept[0].Article.ID, nil
}
