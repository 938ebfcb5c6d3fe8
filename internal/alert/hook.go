package alert

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"whosaid/internal/state"
)

// hookTime is how long a webhook may take to answer.
const hookTime = 20 * time.Second

// post sends a message to a webhook as Standard Webhooks 1.0 has it
// (https://www.standardwebhooks.com): the receiver checks the signature over
// the id, the time and the body.
func (r *Runner) post(ctx context.Context, a state.Alert, m Message) error {
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, hookTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.Hook, bytes.NewReader(body))
	if err != nil {
		return err
	}
	stamp := strconv.FormatInt(r.now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "whosaid")
	req.Header.Set("Webhook-Id", m.ID)
	req.Header.Set("Webhook-Timestamp", stamp)
	req.Header.Set("Webhook-Signature", Sign(a.Secret, m.ID, stamp, body))
	client := &http.Client{Transport: r.o.HTTP, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	// Read a little, so that the connection can be used again.
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 4<<10))
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fmt.Errorf("the server of the webhook answered %d", resp.StatusCode)
	}
	return nil
}

// Sign is the signature of a message: "v1," and the HMAC-SHA256, by the alert's
// secret, of its id, its time and its body with a full stop between each.
func Sign(secret, id, stamp string, body []byte) string {
	h := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(h, id+"."+stamp+".")
	_, _ = h.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(h.Sum(nil))
}
